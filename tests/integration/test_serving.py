"""Where the workbench listens."""

from __future__ import annotations

import click
import pytest

from wherewithal_web.serving import listen


def test_a_second_workbench_takes_the_next_port() -> None:
    with listen("127.0.0.1", 8990) as first:
        taken = first.getsockname()[1]
        with listen("127.0.0.1", taken) as second:
            assert second.getsockname()[1] > taken


@pytest.mark.parametrize("host", ["203.0.113.1", "nowhere.invalid"])
def test_an_address_that_is_not_this_machines_is_said(host: str) -> None:
    with pytest.raises(click.ClickException, match=f"cannot listen on {host}"):
        listen(host, 8990)
