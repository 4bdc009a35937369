package dev.assay.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a machine decides whether results of two of them compare.
 *
 * @param speed equal where times compare: processor, cores, Java, device
 * @param bits equal where the same bits are promised: instruction set, Java, and what the backend
 *     says of its arithmetic
 */
public record MachineClass(String speed, String bits) {
  private static final String BACKEND = "backend.";

  /** Facts of a backend that change no bit. */
  private static final Set<String> IDLE =
      Set.of("threads", "memory", "driver_cuda", "determinism", "blas_note");

  /** The class of the machine that a run tells of. */
  static MachineClass of(Map<String, String> provenance) {
    String jdk = provenance.getOrDefault("jdk", "?");
    String device = provenance.getOrDefault(BACKEND + "device", "");
    String speed =
        provenance.getOrDefault("cpu", "unknown processor")
            + ", "
            + provenance.getOrDefault("cores", "?")
            + " cores, java "
            + jdk.replaceAll("[^0-9].*", "")
            + (device.isEmpty() || device.equals("cpu") ? "" : ", " + device);
    List<String> bits = new ArrayList<>();
    bits.add(provenance.getOrDefault("arch", "?"));
    bits.add("java " + jdk);
    provenance.forEach((name, value) -> {
      String fact = name.startsWith(BACKEND) ? name.substring(BACKEND.length()) : "";
      if (!fact.isEmpty() && !IDLE.contains(fact)) {
        bits.add(fact + " " + value);
      }
    });
    return new MachineClass(speed, String.join(", ", bits));
  }
}
