"""What Streamlit's theme cannot say: density, and words that are marked."""

STYLE = """<style>
.stMainBlockContainer { padding: 3rem 2.2rem 3rem; }
[data-testid=stCaptionContainer], [data-testid=stCaptionContainer] p { color: inherit; opacity: .86; }
.ct-title { font-size: 1.6rem; font-weight: 600; line-height: 1.25; margin: 0; padding: 0; overflow-wrap: anywhere; }
.ct-head { font-size: 1.2rem; font-weight: 600; line-height: 1.3; margin: 0; padding: 0; overflow-wrap: anywhere; }
.ct-sub { margin: .15rem 0 0; opacity: .78; overflow-wrap: anywhere; }
.ct-value { font-size: 1.25rem; font-weight: 600; margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
.ct-label { margin: 0; opacity: .78; font-size: .9rem; }
.ct-text { white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5; margin: 0; }
.ct-quote { white-space: pre-wrap; overflow-wrap: anywhere; border-left: 3px solid currentColor; padding-left: .7rem;
  margin: .3rem 0; opacity: .9; }
.ct-text mark { background: #ffe169; color: #1d2429; padding: 0 .1em; }
.ct-who { margin: 0; opacity: .85; font-size: .9rem; overflow-wrap: anywhere; }
.ct-link { color: inherit; }
.ct-table { border-collapse: collapse; width: 100%; font-size: .93rem; }
.ct-table th, .ct-table td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
  border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); overflow-wrap: anywhere; }
.ct-table th { font-weight: 600; overflow-wrap: normal; }
.ct-table .ct-number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.ct-table td.ct-day { white-space: nowrap; }
.ct-month { table-layout: fixed; }
.ct-month td { height: 4.2rem; padding: .25rem .4rem;
  border: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
.ct-month td.ct-today { outline: 2px solid currentColor; outline-offset: -2px; }
.ct-due { margin: .1rem 0 0; font-size: .82rem; line-height: 1.25; }
@media (max-width: 1100px) {
  .st-key-beside [data-testid=stHorizontalBlock] { flex-wrap: wrap; }
  .st-key-beside [data-testid=stHorizontalBlock] > [data-testid=stColumn] { min-width: min(26rem, 100%); }
}
.ct-table caption { text-align: left; font-weight: 600; padding-bottom: .3rem; }
</style>"""

DARK = """<style>
[data-testid=stBaseButton-primary], [data-testid=stBaseButton-primaryFormSubmit],
[data-testid=stBaseButton-primary] *, [data-testid=stBaseButton-primaryFormSubmit] * { color: #10181b; }
</style>"""
"""Streamlit writes white on the accent colour, which is light in the dark theme."""
