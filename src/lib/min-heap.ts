/** Keeps the item with the smallest key at hand: adding and taking cost O(log n). Items of one key come in any order. */
export class MinHeap<T> {
  readonly #items: { readonly key: number; readonly item: T }[] = [];

  /** The smallest key; undefined when the heap is empty. */
  get firstKey(): number | undefined {
    return this.#items[0]?.key;
  }

  /** Adds an item. */
  add(key: number, item: T): void {
    const items = this.#items;
    let at = items.length;
    const entry = { key, item };
    items.push(entry);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = items[parent];
      if (!above || above.key <= key) break;
      items[at] = above;
      at = parent;
    }
    items[at] = entry;
  }

  /** Takes the item with the smallest key away. */
  take(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (!first || !last) return undefined;
    if (first === last) return first.item;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      const [left, right] = [items[child], items[child + 1]];
      if (!left) break;
      if (right && right.key < left.key) child += 1;
      const smaller = items[child];
      if (!smaller || smaller.key >= last.key) break;
      items[at] = smaller;
      at = child;
    }
    items[at] = last;
    return first.item;
  }
}
