package dev.assay.jcuda.lower;

import dev.assay.tensor.plan.Kernel;
import java.util.Map;
import java.util.TreeMap;

/** Decides whose kernels a matrix product gets. */
public interface Products extends AutoCloseable {
  /** The backend's own, as asked for. */
  Products OWN = new Own("");

  /** The work of a product. */
  Work work(Product product);

  /** Whether that is the backend's own kernels, which can take more into their tiles. */
  boolean isOwn(Product product);

  /** What results depend on and people want to know. Ordered. */
  Map<String, String> facts();

  /** Does not fail. */
  @Override
  default void close() {}

  /**
   * Always the backend's own.
   *
   * @param reason why, if something else was asked for; else empty
   */
  record Own(String reason) implements Products {
    @Override
    public Work work(Product product) {
      return product.own();
    }

    @Override
    public boolean isOwn(Product product) {
      return true;
    }

    @Override
    public Map<String, String> facts() {
      return reason.isEmpty()
          ? Map.of("blas", "own")
          : new TreeMap<>(Map.of("blas", "own", "blas_note", reason));
    }
  }

  /** A product of a plan, with its operands in their places. */
  record Product(Kernel.MatMul kernel, Addresses addresses, Precision precision) {
    /** By the backend's own kernels. */
    public Work own() {
      return MatMulWork.of(kernel, addresses, precision);
    }

    /** As a library is asked for it. */
    public Gemm gemm() {
      return MatMulWork.of(kernel, addresses, precision).gemm();
    }

    /** The same with its operands elsewhere. */
    public Product at(Addresses elsewhere) {
      return new Product(kernel, elsewhere, precision);
    }
  }
}
