"""Words without the ending of their plural: "programmes" and "programme" are one word."""

from __future__ import annotations


def singular(word: str) -> str:
    """``word``, in small letters, without the ending that makes an English plural; the first rule that fits holds.

    -ies becomes -y, but for -eies and -aies; -es becomes -e, but for -aes, -ees and -oes; -s goes, but for -us and
    -ss. Words of two letters stay as they are. What comes out need not be a word: it only has to be the same for
    both forms.

    Source: Harman (1991), How effective is suffixing? Journal of the American Society for Information Science 42(1),
    the S stemmer.
    """
    if len(word) < 3 or not word.endswith("s"):
        return word
    if word.endswith("ies") and not word.endswith(("eies", "aies")):
        return f"{word[:-3]}y"
    if word.endswith("es") and not word.endswith(("aes", "ees", "oes")):
        return word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]
