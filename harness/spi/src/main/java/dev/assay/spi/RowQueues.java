package dev.assay.spi;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Work for the rows of a program: what waits for a row is computed in its order, one after the
 * other, and all rows side by side. A row follows from an index, so that what is computed beside it
 * cannot matter.
 *
 * @param <T> what one row computes in one run
 */
public final class RowQueues<T> {
  private final List<Deque<T>> waiting = new ArrayList<>();

  /** What is done with a row's next part. */
  @FunctionalInterface
  public interface Visitor<T> {
    void visit(int row, T part);
  }

  public RowQueues(int rows) {
    for (int row = 0; row < rows; row++) {
      waiting.add(new ArrayDeque<>());
    }
  }

  /** Puts a part at the end of the queue of row {@code index} modulo the number of rows. */
  public void add(long index, T part) {
    waiting.get((int) Math.floorMod(index, (long) waiting.size())).add(part);
  }

  public boolean isEmpty() {
    return waiting.stream().allMatch(Deque::isEmpty);
  }

  /** Visits the next part of each row that has one. */
  public void peek(Visitor<T> visitor) {
    for (int row = 0; row < waiting.size(); row++) {
      T part = waiting.get(row).peek();
      if (part != null) {
        visitor.visit(row, part);
      }
    }
  }

  /** The same, and takes them away. */
  public void poll(Visitor<T> visitor) {
    peek(visitor);
    waiting.forEach(Deque::poll);
  }
}
