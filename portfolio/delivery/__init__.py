"""Delivery: what the alerts tell reaches people (a mail a day and person), programs (signed webhooks) and suppliers
(requests for documents that a person approved). Everything that leaves stands in `outbox` first, so that nothing is
lost or sent twice. `daily` is the way in; `people`, `hooks` and `relances.book` are what a person sets and decides.
"""
