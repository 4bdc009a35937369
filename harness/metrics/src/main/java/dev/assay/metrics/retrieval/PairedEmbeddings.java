package dev.assay.metrics.retrieval;

import dev.assay.metrics.Points;
import java.util.stream.IntStream;

/**
 * Scores of embeddings that belong together in pairs, such as of images and of their captions.
 *
 * @param items [n, d]
 * @param queries [n, d], row i about item i
 */
public record PairedEmbeddings(Points items, Points queries) {
  public PairedEmbeddings {
    if (items.rows() != queries.rows() || items.width() != queries.width()) {
      throw new IllegalArgumentException(
          "%d × %d items but %d × %d queries"
              .formatted(items.rows(), items.width(), queries.rows(), queries.width()));
    }
  }

  /**
   * scale · mean of max(cosine, 0): CLIPScore with scale 2.5 (Hessel et al. 2021), the similarity
   * that torchmetrics reports with 100.
   */
  public double score(double scale) {
    return scale
        * IntStream.range(0, items.rows())
            .mapToDouble(i -> Math.max(0, cosine(i, i)))
            .average()
            .orElse(Double.NaN);
  }

  /** Share of queries whose own item is among their k nearest by cosine; ties count against it. */
  public double recall(int k) {
    long found =
        IntStream.range(0, items.rows())
            .filter(query -> {
              double own = cosine(query, query);
              return IntStream.range(0, items.rows())
                      .filter(item -> item != query && cosine(item, query) >= own)
                      .count()
                  < k;
            })
            .count();
    return (double) found / items.rows();
  }

  private double cosine(int item, int query) {
    int d = items.width();
    double dot = 0;
    double a = 0;
    double b = 0;
    for (int c = 0; c < d; c++) {
      double x = items.data()[item * d + c];
      double y = queries.data()[query * d + c];
      dot += x * y;
      a += x * x;
      b += y * y;
    }
    return dot == 0 ? 0 : dot / Math.sqrt(a * b);
  }
}
