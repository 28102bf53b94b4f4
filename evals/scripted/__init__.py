"""An endpoint on loopback that speaks the protocol of OpenAI's and answers by a script: from the labels, to tell what
the road from answer to record loses, or misbehaving, to test what then becomes of a run."""
