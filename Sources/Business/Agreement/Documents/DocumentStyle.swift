/// How documents look, on a screen and on paper. Part of the canonical bytes: a change here is seen in documents made afterwards only.
enum DocumentStyle {
    static let css = """
        @page { size: A4; margin: 22mm 20mm 24mm; }
        :root { color-scheme: light; }
        body { font-family: "Noto Serif CJK SC", "Source Han Serif SC", "Songti SC", SimSun, serif; font-size: 11pt; line-height: 1.75; color: #1a1a1a; background: #fff; max-width: 44em; margin: 0 auto; padding: 1.5em; }
        [lang="en"] { font-family: "Noto Serif", "Noto Serif CJK SC", Georgia, serif; }
        header { text-align: center; margin-bottom: 2em; }
        h1 { font-size: 20pt; font-weight: 600; margin: 0; }
        h2 { font-size: 15pt; margin: 2em 0 .6em; text-align: center; }
        h3 { font-size: 12pt; margin: 1.4em 0 .3em; break-after: avoid; }
        p { margin: .4em 0; text-align: justify; orphans: 2; widows: 2; }
        strong { font-family: "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", sans-serif; font-weight: 700; }
        .subtitle { text-align: center; margin: .2em 0; }
        .number { text-align: center; font-size: 13pt; font-variant-numeric: tabular-nums; }
        .small { text-align: center; font-size: 9pt; color: #555; }
        table { width: 100%; border-collapse: collapse; margin: 0 0 1.2em; break-inside: avoid; }
        caption { text-align: left; font-weight: 600; padding: .3em 0; }
        th, td { border: .5pt solid #999; padding: .25em .6em; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
        th { width: 38%; font-weight: 400; color: #444; }
        article + article { break-before: page; }
        code { font-family: "Noto Sans Mono", "DejaVu Sans Mono", monospace; font-size: 8.5pt; overflow-wrap: anywhere; }
        .closing { break-inside: avoid; margin-top: 1.5em; }
        """
}
