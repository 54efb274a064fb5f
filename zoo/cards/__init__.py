"""The models' cards: what people should know before they use one."""
