package dev.assay.dashboard.view;

import java.util.List;

/**
 * Which part of a list is given.
 *
 * @param number from 1
 * @param size entries of a full page
 * @param total entries of the list
 */
public record Page(int number, int size, long pages, long total) {
  /** Everything on one page, however much it is. */
  public static final int ALL = Integer.MAX_VALUE;

  public static Page of(int number, int size, long total) {
    int shown = size == ALL ? (int) Math.max(1, total) : size;
    return new Page(number, shown, (total + shown - 1) / shown, total);
  }

  /** The entries on this page. */
  <T> List<T> cut(List<T> all) {
    long from = Math.min((long) (number - 1) * size, all.size());
    long to = Math.min(from + size, all.size());
    return all.subList((int) from, (int) to);
  }
}
