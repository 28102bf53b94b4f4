"""Questions labelled with what they ask, and the classifier learned from them."""
