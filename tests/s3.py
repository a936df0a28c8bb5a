"""A server that speaks S3, of the tests' own, on this machine alone; each test gets a bucket of its own."""

import logging
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import pytest

KEY_ID: Final = "TESTKEYID0000000"
KEY_SECRET: Final = "canary-of-the-secret-key"


@dataclass(frozen=True)
class Bucket:
    """A bucket: its name, where its server listens, and the way to it past Harbour."""

    name: str
    endpoint: str
    client: Any

    @property
    def url(self) -> str:
        """The address as an operator sets it."""
        return f"s3://{self.name}/sealed/files?endpoint={self.endpoint}&region=eu-central-2"

    def keys(self) -> list[str]:
        """Return the name of every object, versions included."""
        return [one["Key"] for one in self.client.list_objects_v2(Bucket=self.name).get("Contents", [])]

    def unfinished(self) -> list[str]:
        """Return the name of every upload whose parts are there and that nobody finished."""
        return [one["Key"] for one in self.client.list_multipart_uploads(Bucket=self.name).get("Uploads", [])]


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of a running server."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    """An empty bucket, and its credentials in the environment."""
    import boto3  # type: ignore[import-untyped]

    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", KEY_SECRET)
    client = boto3.client("s3", endpoint_url=s3_server, region_name="eu-central-2")
    name = f"bucket-{secrets.token_hex(6)}"
    client.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-2"})
    return Bucket(name, s3_server, client)
