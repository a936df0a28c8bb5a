"""A few values that the instance makes once and keeps."""

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, Session

from reporting.store.columns import DataClass, column
from reporting.store.database import Base

TOKEN_SALT = "token_salt"  # noqa: S105 - the name of a public value
DEMO_MARK = "demo"
BLOBS_SEEN = "blobs_seen"


class Setting(Base):
    """A named value; `token_salt` is public, random, made once and never changed."""

    __tablename__ = "settings"

    name: Mapped[str] = column(
        String(40), primary_key=True, holds=DataClass.COARSE, purpose="which value", keep="as long as the instance"
    )
    value: Mapped[bytes] = column(
        LargeBinary, holds=DataClass.COARSE, purpose="the value", keep="as long as the instance"
    )


def get_setting(session: Session, name: str) -> bytes | None:
    """Return a value, or nothing."""
    row = session.get(Setting, name)
    return row.value if row else None


def put_setting(session: Session, name: str, value: bytes) -> None:
    """Write a value that was not there before."""
    session.add(Setting(name=name, value=value))


def replace_setting(session: Session, name: str, value: bytes) -> None:
    """Write a value, whether or not there was another before."""
    session.merge(Setting(name=name, value=value))
