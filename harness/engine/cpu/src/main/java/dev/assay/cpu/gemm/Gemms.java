package dev.assay.cpu.gemm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses among the implementations of {@link Gemm}. */
public final class Gemms {
  /** System property that names the implementation; the environment's {@link #VARIABLE} is next. */
  public static final String PROPERTY = "assay.blas";

  /** Environment variable that names the implementation. */
  public static final String VARIABLE = "ASSAY_BLAS";

  /** Fastest first. */
  private static final List<String> ORDER = List.of("dnnl", "avx512", "openblas", "java");

  private static final Map<String, Gemm> LOADED = new LinkedHashMap<>();
  private static final Map<String, String> ABSENT = new LinkedHashMap<>();

  private Gemms() {}

  /**
   * What was chosen.
   *
   * @param absent why faster ones, or the one asked for, could not be had; empty if nothing is
   *     missing
   */
  public record Selection(Gemm gemm, List<String> absent) {}

  /**
   * The implementation that {@link #PROPERTY} or {@link #VARIABLE} names, or else the fastest that
   * loads here. Loads native libraries on the first call.
   *
   * @throws IllegalArgumentException if the name is unknown
   * @throws IllegalStateException if the one named cannot be loaded
   */
  public static Selection select() {
    String property = System.getProperty(PROPERTY);
    String named = property != null ? property : System.getenv(VARIABLE);
    if (named != null && !named.isBlank()) {
      String from = property != null ? "system property " + PROPERTY : "variable " + VARIABLE;
      return new Selection(named(named, from), List.of());
    }
    List<String> absent = new ArrayList<>();
    for (String name : ORDER) {
      Gemm gemm = load(name);
      if (gemm != null) {
        return new Selection(gemm, List.copyOf(absent));
      }
      absent.add(absence(name));
    }
    throw new AssertionError("the Java implementation is always there");
  }

  /** Every implementation that loads here, fastest first. */
  public static List<Gemm> available() {
    List<Gemm> found = new ArrayList<>();
    for (String name : ORDER) {
      Gemm gemm = load(name);
      if (gemm != null) {
        found.add(gemm);
      }
    }
    return found;
  }

  private static Gemm named(String named, String from) {
    String name = named.strip().toLowerCase(Locale.ROOT);
    if (!ORDER.contains(name)) {
      throw new IllegalArgumentException(
          from + " = '" + named + "' is no BLAS; choose " + String.join(", ", ORDER));
    }
    Gemm gemm = load(name);
    if (gemm == null) {
      throw new IllegalStateException(from + " asks for " + absence(name));
    }
    return gemm;
  }

  private static synchronized @Nullable Gemm load(String name) {
    if (!LOADED.containsKey(name) && !ABSENT.containsKey(name)) {
      try {
        LOADED.put(
            name,
            switch (name) {
              case "avx512" -> new Avx512Gemm();
              case "dnnl" -> new DnnlGemm();
              case "openblas" -> new OpenBlasGemm();
              default -> new JavaGemm();
            });
      } catch (NativeLibraryException e) {
        ABSENT.put(name, name + ", which is absent: " + e.getMessage());
      }
    }
    return LOADED.get(name);
  }

  private static synchronized String absence(String name) {
    return ABSENT.getOrDefault(name, name);
  }
}
