"""The chat side: what people do, as JSON over HTTP, and the controls of the world."""
