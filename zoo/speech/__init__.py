"""Speech: Silero VAD, the probability that somebody speaks in each 32 ms of sound."""
