package dev.assay.runner.task;

import dev.assay.spi.Metric;
import dev.assay.spi.Modality;
import dev.assay.spi.Values;
import java.util.List;

/** What came of a task. */
public sealed interface Outcome {
  /** Numbers and pictures; either list may be empty. */
  record Done(List<Value> values, List<Picture> pictures) implements Outcome {
    public Done {
      values = List.copyOf(values);
      pictures = List.copyOf(pictures);
    }
  }

  /** The model or the data cannot do it; the reason completes the sentence "not done because …". */
  record NotApplicable(String reason) implements Outcome {}

  /**
   * @param name such as {@code psnr}
   * @param low lower end of a 95 % interval over test examples; NaN if there is none
   * @param high upper end; NaN if there is none
   * @param n examples behind it
   * @param how what decides the value besides the settings, as {@code key:value} parts joined by
   *     {@code |}
   */
  record Value(
      String name,
      Metric.Direction direction,
      double value,
      double low,
      double high,
      long n,
      String unit,
      String how) {
    /** The same under another name. */
    Value named(String other) {
      return new Value(other, direction, value, low, high, n, unit, how);
    }
  }

  /**
   * Images in rows.
   *
   * @param columns images in a row
   * @param images row after row, in levels of {@code form}; what is hidden may lie between levels
   */
  record Picture(Modality.Image form, int columns, Values.Dense images) {}
}
