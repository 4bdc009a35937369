package dev.assay.jcuda.ptx;

import dev.assay.tensor.plan.View;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/**
 * A generated kernel. Its parameters are the addresses of the first elements of {@code views}, in
 * order, then those of {@code tables}, then those that the generator states.
 *
 * @param text the kernel without a module's header, {@link #NAME} in place of its name
 * @param blocks extents of the grid: x, y, z
 * @param threads extents of a block: x, y
 */
public record Source(
    String text, List<View> views, List<Table> tables, int[] blocks, int[] threads) {
  /** A kernel without tables. */
  Source(String text, List<View> views, int[] blocks, int[] threads) {
    this(text, views, List.of(), blocks, threads);
  }

  /** Stands for the kernel's name in its text. */
  static final String NAME = "$NAME$";

  /** The oldest ISA and processor that have all instructions which are generated. */
  private static final String HEADER = ".version 6.3\n.target sm_75\n.address_size 64\n";

  /** The kernel's name in a module: a hash of its text. */
  public String name() {
    return hash(text);
  }

  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "k" + HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A module of kernels that all differ in text. */
  public static String module(Collection<Source> kernels) {
    StringBuilder module = new StringBuilder(HEADER);
    kernels.forEach(kernel -> module.append(kernel.text.replace(NAME, kernel.name())));
    return module.toString();
  }
}
