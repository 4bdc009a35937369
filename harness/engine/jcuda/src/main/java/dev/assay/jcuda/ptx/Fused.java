package dev.assay.jcuda.ptx;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel of a committed module with an epilogue in it.
 *
 * @param module of the kernel
 * @param kernel name
 */
public record Fused(String module, String kernel, Epilogue epilogue) {
  private static final Pattern SHARED =
      Pattern.compile("(?m)^(?:\\.extern )?\\.shared [^;]*?([\\w$]+)\\[\\d*\\];$");

  /** The kernel's name in a module: a hash of all that makes its text. */
  public String name() {
    return Source.hash(module + kernel + epilogue.body() + epilogue.declarations());
  }

  /**
   * A module of kernels that all differ in text.
   *
   * @param text of the committed module that they come from
   */
  public static String module(String text, Collection<Fused> kernels) {
    int entries = text.indexOf(".visible .entry");
    StringBuilder all = new StringBuilder(text.substring(0, text.indexOf(".address_size 64")));
    all.append(".address_size 64\n");
    StringBuilder code = new StringBuilder();
    for (Fused fused : kernels) {
      String entry = entry(text, entries, fused.kernel);
      code.append(fused.epilogue.into(entry, fused.kernel, fused.name())).append('\n');
    }
    Matcher shared = SHARED.matcher(text);
    while (shared.find()) {
      if (code.indexOf(shared.group(1)) >= 0) {
        all.append(shared.group()).append('\n');
      }
    }
    return all.append(code).toString();
  }

  private static String entry(String text, int from, String kernel) {
    int begin = text.indexOf(".entry " + kernel + "(", from);
    if (begin < 0) {
      throw new IllegalArgumentException("no kernel " + kernel);
    }
    return ".visible " + text.substring(begin, text.indexOf("\n}\n", begin) + 3);
  }
}
