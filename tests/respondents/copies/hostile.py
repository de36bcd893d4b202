"""What people may type, by accident or not."""

HOSTILE = {
    "html": '<b>bold</b><script>alert(1)</script><img src="http://127.0.0.1:9/x"><link rel="attachment" href="file:///etc/passwd">',
    "formula": '=HYPERLINK("http://127.0.0.1:9/","Click")',
    "braces": "{{ 7*7 }} {% load x %} {# gone #}",
    "field": "{ INCLUDETEXT file } <w:fldSimple w:instr='DATE'/> ]]> &amp; <!-- x -->",
    "override": "before \N{RIGHT-TO-LEFT OVERRIDE}backwards",
    "emoji": "all well \N{THUMBS UP SIGN} café \N{LATIN CAPITAL LETTER W WITH CIRCUMFLEX}",
    "control": "bell\x07 tab\x0b escape\x1b end",
    "long": "word " * 3_999 + "ended",
    "unbroken": "y" * 20_000,
    "lines": "first\n\n  indented third\n\tfourth",
}
