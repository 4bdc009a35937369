package dev.assay.plugins.flow;

import dev.assay.tensor.Shape;

/**
 * What a flow is made for.
 *
 * @param item shape of one example: [columns] or [height, width, channels]
 * @param classes of the label that it is conditioned on; 0 for none
 */
public record Domain(Shape item, int classes) {
  /** Numbers in an example. */
  public int size() {
    return item.size();
  }

  public boolean isImage() {
    return item.rank() == 3;
  }

  /** The same examples as vectors. */
  public Domain flat() {
    return new Domain(Shape.of(size()), classes);
  }
}
