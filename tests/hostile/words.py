"""Words of a stranger: what a browser, a spreadsheet, a terminal or a renderer of markdown could take for more."""

from random import Random

MARKUP = (
    "<img src=x onerror=alert(1)>",
    "<a href='https://evil.example'>here</a>",
    "<script>alert(1)</script>",
    "<b>bold</b><br>",
    "</td></table><h1>x</h1>",
)
MARKDOWN = (
    "https://evil.example/claim",
    "www.evil.example",
    "someone@evil.example",
    "[click](https://evil.example)",
    "![x](https://evil.example/x.png)",
    "**bold** _it_ ~~no~~ `code`",
    "# heading",
    "| a | b |",
    "- [ ] task",
    "&copy; &lt;b&gt;",
)
SHORTCODES = (":smile:", ":material/warning:", ":red[loss]", ":blue-badge[ok]", ":small[x]", ":streamlit:", ":crown:")
LATEX = ("$\\frac{1}{2}$", "$$x^2$$", "costs $5 and $6")
MARKS = (
    "\u202egnp.exe",
    "a\u200bb",
    "\ufeffx",
    "x\u2066y\u2069",
    "\x00\x1b[2J",
    "\r\nSet-Cookie: a",
    "a\u2028b",
    "a\tb",
)
FORMULAS = ('=HYPERLINK("http://127.0.0.1:9","x")', "@SUM(1+1)", "+1+1", "-2+3", "\t=1", "＝1+1", "=cmd|' /C calc'!A0")
PROGRAMS = ("%{label} %{text}", "{0.__class__}", "%s%n", "'; DROP TABLE x; --", "../../etc/passwd", "$(reboot)", "`id`")
OTHERS = ("", " ", "null", "None", "nan", "true", "[]", "{}", "ﬀ", "İ", "𝟙", "é" * 70, "😀" * 40, "9" * 3000)
EVERY = (*MARKUP, *MARKDOWN, *SHORTCODES, *LATEX, *MARKS, *FORMULAS, *PROGRAMS, *OTHERS)
NUMBERS = (
    "nan", "inf", "-inf", "1e999", "-1e999", "1e-400", "-0", "-0.0", "00.5", "+.5", "5.", ".", "1_000", "0x10", "1,5",
    "30%", "£5", "−1", "１２", "٣", "1e5", "1 000", "1e", "--1", "0.30000000000000004", "True", "3.0000000001",
)  # fmt: skip
"""Texts that may or may not be a number."""


def some(luck: Random) -> str:
    """One of them, or two together, or any characters at all."""
    which = luck.random()
    if which < 0.7:
        return luck.choice(EVERY)
    if which < 0.85:
        return luck.choice(EVERY) + luck.choice(EVERY)
    return "".join(character(luck) for _ in range(luck.randint(1, 30)))


def character(luck: Random) -> str:
    """Any character but half of a pair, which no address or file can hold."""
    code = luck.choice((luck.randint(0, 127), luck.randint(0, 0x2FFF), luck.randint(0, 0x10FFFF)))
    return "?" if 0xD800 <= code <= 0xDFFF else chr(code)
