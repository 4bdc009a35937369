package dev.assay.dashboard.index;

import dev.assay.store.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Whose index a shared database holds. Servers of one folder may reach it by different paths, so a
 * name in the folder itself tells it from others; two folders would each delete what the other put
 * in.
 */
final class Owner {
  private static final String FILE = "folder-id";
  private static final String META = "folder";

  private Owner() {}

  /**
   * @throws IOException if the index is that of another folder
   */
  static void check(Connection connection, Path state) throws SQLException, IOException {
    String owner = Schema.meta(connection, META);
    if (!owner.isEmpty() && !owner.equals(id(state))) {
      throw new IOException(
          "the database of --db holds the index of another results folder; give "
              + state.resolveSibling("").normalize()
              + " a database of its own, or drop the tables assay_* there");
    }
  }

  /** Notes that the index is that of this folder, unless that is known. */
  static void claim(Connection connection, Path state) throws SQLException, IOException {
    if (!Schema.meta(connection, META).isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO assay_meta (name, value) VALUES (?, ?)")) {
      insert.setString(1, META);
      insert.setString(2, id(state));
      insert.executeUpdate();
    }
  }

  private static String id(Path state) throws IOException {
    Path file = state.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      AtomicFiles.createFolders(state);
      AtomicFiles.write(file, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
    }
    return Files.readString(file).strip();
  }
}
