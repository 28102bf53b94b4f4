"""Plans as a scripted model writes them."""

from __future__ import annotations

import json
from typing import Any

_SUBJECT: dict[str, Any] = {
    "contracts": [], "types": [], "other_types": [], "counterparties": [], "places": [], "sector": None, "forms": [],
    "statuses": [], "our_role": None, "tag": None, "running": None, "missing": [],
}  # fmt: skip
_PLAN: dict[str, Any] = {
    "operation": "fact", "answer": "text", "topics": [], "window": None, "conditions": [],
    "money": {"tax": None, "period": None, "bound": None, "currency": None, "threshold": None, "over": None},
    "about": [], "amendment": False, "quantifier": None, "how": False, "side": None, "negated": False, "act": None,
    "group_by": None, "largest": None, "limit": None, "reason": None,
}  # fmt: skip


def plan_json(**said: Any) -> str:
    """A whole plan with what is ``said``; keys of the subject among the others."""
    subject = _SUBJECT | {key: value for key, value in said.items() if key in _SUBJECT}
    rest = {key: value for key, value in said.items() if key not in _SUBJECT}
    return json.dumps(_PLAN | rest | {"subject": subject}, ensure_ascii=False)
