"""What turns a question into a `QueryPlan`: one planner a file."""
