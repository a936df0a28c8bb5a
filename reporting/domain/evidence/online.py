"""What is asked about something online: where it is, who kept it; and the words for each answer."""

from collections.abc import Mapping
from typing import Final

from reporting.domain.words import N_

PLATFORMS: Final[Mapping[str, str]] = {
    "whatsapp": "WhatsApp",
    "signal": "Signal",
    "telegram": "Telegram",
    "viber": "Viber",
    "messenger": "Messenger",
    "instagram": "Instagram",
    "facebook": "Facebook",
    "tiktok": "TikTok",
    "snapchat": "Snapchat",
    "x": "X",
    "linkedin": "LinkedIn",
    "youtube": "YouTube",
    "reddit": "Reddit",
    "discord": "Discord",
    "teams": "Microsoft Teams",
    "slack": "Slack",
    "zoom": "Zoom",
    "dating": N_("A dating app"),
    "text": N_("Text message (SMS)"),
    "mail": N_("E-mail"),
    "work": N_("A programme at work"),
    "website": N_("A website"),
}
"""By code. What is kept is the word itself, in her language, as it is with every choice that she makes."""

KEPT_BY: Final[Mapping[str, str]] = {
    "me": N_("I did"),
    "trusted": N_("Somebody I trust"),
    "sent": N_("Somebody sent it to me"),
}
"""Who made the screenshot or copied the link, by code."""
