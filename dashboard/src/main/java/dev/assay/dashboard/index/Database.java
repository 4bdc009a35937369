package dev.assay.dashboard.index;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.assay.store.AtomicFiles;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Connections to where the index is: a SQLite file, or a PostgreSQL server. */
public final class Database implements AutoCloseable {
  private static final int CONNECTIONS = 6;
  private static final long CONNECT_MILLIS = 10_000;

  /** The pool's own start and stop interest nobody; held, since loggers are else forgotten. */
  private static final Logger POOL_LOG = Logger.getLogger("com.zaxxer.hikari");

  static {
    POOL_LOG.setLevel(Level.SEVERE);
  }

  private final HikariDataSource pool;
  private final Path state;
  private final boolean shared;

  private Database(HikariConfig config, Path state, boolean shared) {
    this.pool = new HikariDataSource(config);
    this.state = state;
    this.shared = shared;
  }

  /** Work on one connection. */
  @FunctionalInterface
  public interface Work<T> {
    T on(Connection connection) throws SQLException, IOException;
  }

  /**
   * The one asked for, or a file in the state folder.
   *
   * @param url {@code postgresql://[user[:password]@]host[:port]/database}
   * @param state folder for the file, and for what tells the results folder from others
   * @throws IOException if the URL is none, or nobody answers there
   */
  public static Database open(Optional<String> url, Path state) throws IOException {
    try {
      if (url.isPresent()) {
        return new Database(postgres(url.get()), state, true);
      }
      AtomicFiles.createFolders(state);
      return new Database(sqlite(state.resolve("index.db")), state, false);
    } catch (PoolInitializationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "cannot open the index "
              + url.map(Database::withoutPassword).orElse("in " + state)
              + ": "
              + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
          e);
    }
  }

  private static HikariConfig sqlite(Path file) {
    HikariConfig config = config();
    config.setJdbcUrl("jdbc:sqlite:" + file);
    config.addDataSourceProperty("journal_mode", "WAL");
    // A lost transaction costs nothing: the files say it again.
    config.addDataSourceProperty("synchronous", "NORMAL");
    config.addDataSourceProperty("busy_timeout", "20000");
    config.addDataSourceProperty("cache_size", "-65536");
    config.addDataSourceProperty("transaction_mode", "IMMEDIATE");
    return config;
  }

  private static HikariConfig postgres(String url) throws IOException {
    String wanted = "it must look like postgresql://user:password@host:5432/database";
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      throw new IOException("--db is no URL; " + wanted, e);
    }
    boolean postgres = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
    if (!postgres || uri.getHost() == null || uri.getPath() == null || uri.getPath().length() < 2) {
      throw new IOException("--db is '" + withoutPassword(url) + "'; " + wanted);
    }
    HikariConfig config = config();
    config.setJdbcUrl(
        "jdbc:postgresql://"
            + uri.getHost()
            + (uri.getPort() < 0 ? "" : ":" + uri.getPort())
            + uri.getPath()
            + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    if (uri.getUserInfo() != null) {
      String[] parts = uri.getUserInfo().split(":", 2);
      config.setUsername(parts[0]);
      if (parts.length == 2) {
        config.setPassword(parts[1]);
      }
    }
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.addDataSourceProperty("ApplicationName", "assay");
    config.addDataSourceProperty("connectTimeout", "10");
    return config;
  }

  private static HikariConfig config() {
    HikariConfig config = new HikariConfig();
    config.setPoolName("assay-index");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1);
    config.setConnectionTimeout(CONNECT_MILLIS);
    config.setInitializationFailTimeout(1);
    return config;
  }

  static String withoutPassword(String url) {
    return url.replaceFirst("(://[^:/@]*):[^@]*@", "$1:***@");
  }

  /** Whether other servers may use it too. */
  boolean isShared() {
    return shared;
  }

  /** Where the dashboard keeps what is its own, of the folder that is indexed. */
  Path state() {
    return state;
  }

  /** Reads. */
  public <T> T read(Work<T> work) throws IOException {
    try (Connection connection = pool.getConnection()) {
      return work.on(connection);
    } catch (SQLException e) {
      throw new IOException("the index cannot be read: " + e.getMessage(), e);
    }
  }

  /** Writes all or nothing. */
  public <T> T write(Work<T> work) throws IOException {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      try {
        T result = work.on(connection);
        connection.commit();
        return result;
      } catch (SQLException | IOException | RuntimeException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IOException("the index cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
