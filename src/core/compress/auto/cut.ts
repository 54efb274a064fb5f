/** A directed edge's capacity, and what is left of it while flow is sent. */
interface Edge {
  readonly to: number;
  readonly back: number;
  room: number;
}

const MIN_ROOM = 1e-12;

/**
 * Minimum cut of a directed network by Dinic's algorithm (E. A. Dinic, 1970): the cheapest way to
 * divide its vertices into those on the source's side and those on the sink's.
 */
export class Network {
  private readonly edges: Edge[][] = [];

  /** @returns the new vertex's number */
  vertex(): number {
    return this.edges.push([]) - 1;
  }

  /** What is paid when `from` ends on the source's side and `to` on the sink's. */
  edge(from: number, to: number, capacity: number): void {
    const out = this.edges[from] as Edge[];
    const into = this.edges[to] as Edge[];
    out.push({ to, back: into.length, room: capacity });
    into.push({ to: from, back: out.length - 1, room: 0 });
  }

  /** Vertices on the source's side of the cheapest cut; of equal ones, that with the fewest. */
  sourceSide(source: number, sink: number): ReadonlySet<number> {
    for (;;) {
      const levels = this.levels(source);
      if (!levels.has(sink)) return new Set(levels.keys());
      const next = this.edges.map(() => 0);
      while (this.push(source, sink, Number.POSITIVE_INFINITY, levels, next) > MIN_ROOM);
    }
  }

  private levels(source: number): Map<number, number> {
    const levels = new Map([[source, 0]]);
    for (const [vertex, level] of levels) {
      for (const { to, room } of this.edges[vertex] as Edge[]) {
        if (room > MIN_ROOM && !levels.has(to)) levels.set(to, level + 1);
      }
    }
    return levels;
  }

  /** Sends what fits along one path of rising levels. */
  private push(
    vertex: number,
    sink: number,
    flow: number,
    levels: ReadonlyMap<number, number>,
    next: number[],
  ): number {
    if (vertex === sink) return flow;
    const edges = this.edges[vertex] as Edge[];
    for (; (next[vertex] as number) < edges.length; (next[vertex] as number)++) {
      const edge = edges[next[vertex] as number] as Edge;
      const rises = levels.get(edge.to) === (levels.get(vertex) as number) + 1;
      if (!rises || edge.room <= MIN_ROOM) continue;
      const sent = this.push(edge.to, sink, Math.min(flow, edge.room), levels, next);
      if (sent <= MIN_ROOM) continue;
      edge.room -= sent;
      (this.edges[edge.to]?.[edge.back] as Edge).room += sent;
      return sent;
    }
    return 0;
  }
}
