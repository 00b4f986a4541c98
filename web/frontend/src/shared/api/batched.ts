interface Waiting<Item> {
  readonly id: string;
  readonly resolve: (item: Item | null) => void;
  readonly reject: (error: unknown) => void;
}

interface BatchOptions<Item> {
  /** Loads items by id; one that is missing in the answer does not exist. */
  readonly load: (ids: readonly string[]) => Promise<readonly Item[]>;
  /** The most ids in one request. */
  readonly most: number;
  /** How long to wait for more ids, in milliseconds. */
  readonly wait: number;
}

/**
 * Makes single questions into few requests: what is asked for at about the same time is loaded together. What is no
 * longer wanted when the request goes out is not asked for.
 */
export function batched<Item extends { readonly id: string }>({ load, most, wait }: BatchOptions<Item>) {
  let waiting: Waiting<Item>[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(some: readonly Waiting<Item>[]) {
    try {
      const items = new Map((await load([...new Set(some.map(({ id }) => id))])).map((item) => [item.id, item]));
      for (const { id, resolve } of some) resolve(items.get(id) ?? null);
    } catch (error) {
      for (const { reject } of some) reject(error);
    }
  }

  function askAll() {
    timer = undefined;
    const all = waiting;
    waiting = [];
    for (let from = 0; from < all.length; from += most) void ask(all.slice(from, from + most));
  }

  return (id: string, signal: AbortSignal): Promise<Item | null> =>
    new Promise((resolve, reject) => {
      const own = { id, resolve, reject };
      waiting.push(own);
      timer ??= setTimeout(askAll, wait);
      signal.addEventListener(
        "abort",
        () => {
          waiting = waiting.filter((other) => other !== own);
          reject(signal.reason as Error);
        },
        { once: true },
      );
    });
}
