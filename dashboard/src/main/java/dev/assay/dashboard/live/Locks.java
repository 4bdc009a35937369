package dev.assay.dashboard.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which files processes of this machine hold locks on. Trying a lock would keep a run from its own
 * folder for that moment, so the kernel's list is read instead.
 */
final class Locks {
  private static final Path KERNEL = Path.of("/proc/locks");

  private final @Nullable Set<String> inodes;

  private Locks(@Nullable Set<String> inodes) {
    this.inodes = inodes;
  }

  static Locks now() {
    try {
      Set<String> inodes = new HashSet<>();
      for (String line : Files.readAllLines(KERNEL)) {
        for (String word : line.split("\\s+")) {
          String[] parts = word.split(":");
          if (parts.length == 3) {
            inodes.add(parts[2]);
          }
        }
      }
      return new Locks(inodes);
    } catch (IOException e) {
      return new Locks(null);
    }
  }

  /** Whether somebody holds it; where nobody can tell, nobody does. */
  boolean isHeld(Path file) {
    if (inodes == null) {
      return false;
    }
    try {
      return inodes.contains(String.valueOf(Files.getAttribute(file, "unix:ino")));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
