"""The reader that asks a language model: what it is asked (themes and their schemas), which words it is sent, and what
its answers become. What it says is proven against the text like everything else (`agent.reading.reconcile`)."""
