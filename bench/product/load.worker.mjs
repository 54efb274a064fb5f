// Keeps a core busy for part of each period. Its periods are those of the machine's clock, so that several agree.

addEventListener('message', ({ data: { busyMs, idleMs } }) => {
  const period = busyMs + idleMs;
  const into = () => Date.now() % period;
  const step = () => {
    const until = Date.now() + 20;
    while (into() < busyMs && Date.now() < until);
    // Lets the worker hear that it is to end.
    setTimeout(step, into() < busyMs ? 0 : period - into());
  };
  step();
});
