from __future__ import annotations

import pytest

from wherewithal.analyse.library.papers import doi_of, paper_sources


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://doi.org/10.1000/Ab.12", "10.1000/ab.12"),
        ("http://dx.doi.org/10.1016%2FS0140-6736(19)30001-2", "10.1016/s0140-6736(19)30001-2"),
        ("https://doi.org/10.1000/ab?x=1", "10.1000/ab"),
        ("https://doi.org/", ""),
        ("https://publisher.example/doi/10.1000/ab/full", ""),
        ("https://doi.org.example/10.1000/ab", ""),
        ("http://[bad", ""),
        ("", ""),
    ],
)
def test_only_an_address_of_the_resolver_names_a_paper(address: str, doi: str) -> None:
    assert doi_of(address) == doi


def test_each_paper_is_a_source_once() -> None:
    found = list(
        paper_sources(
            [
                ("A trial", "https://doi.org/10.1000/A"),
                ("The same", "https://dx.doi.org/10.1000/a"),
                ("A page", "https://register.example/a"),
            ]
        )
    )
    assert [(source.key, source.title) for source in found] == [("doi:10.1000/a", "A trial")]
