"""The script that Streamlit runs for every look at a page.

While it runs, it is the process's main module, which reading processes load when they start (multiprocessing, spawn):
for them it does and imports nothing.
"""

if __name__ == "__main__":
    from ui.web.frame import main

    main()
