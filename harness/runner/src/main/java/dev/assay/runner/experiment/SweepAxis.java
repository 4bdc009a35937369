package dev.assay.runner.experiment;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An entry of {@code sweep}: paths and the values each one takes. Axes combine as a product. */
public sealed interface SweepAxis {
  /** Values by path, in file order. */
  Map<String, List<Object>> values();

  /** Every combination of the values; the last path varies fastest. */
  record Grid(Map<String, List<Object>> values) implements SweepAxis {
    public Grid {
      values = new LinkedHashMap<>(values);
    }
  }

  /** The first value of each path, then the second, and so on; all lists are of equal length. */
  record Zip(Map<String, List<Object>> values) implements SweepAxis {
    public Zip {
      values = new LinkedHashMap<>(values);
    }
  }
}
