package dev.assay.dashboard.token;

import dev.assay.dashboard.http.Identity;
import dev.assay.dashboard.http.TokenCheck;
import dev.assay.store.AtomicFiles;
import dev.assay.store.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The tokens of a results folder, in a file that only its owner may read. A running server sees
 * what is made and revoked meanwhile.
 *
 * <p>A secret has 128 random bits, so a plain hash keeps it: there is nothing to guess.
 */
public final class TokenStore implements TokenCheck {
  public static final List<String> SCOPES = List.of("read", "upload");

  private static final String PREFIX = "assay_";
  private static final int SECRET_BYTES = 16;
  private static final int ID_BYTES = 4;
  private static final int LONGEST = 128;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path file;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private @Nullable FileTime readAt;
  private long readSize = -1;
  private List<Token> tokens = List.of();

  /**
   * @param state the folder that holds the file, there or not
   */
  public TokenStore(Path state, Clock clock) {
    this.file = state.resolve("tokens.json");
    this.clock = clock;
  }

  /**
   * A new token, and the secret that is told only now.
   *
   * @param secret what goes into the header
   */
  public record Created(Token token, String secret) {}

  public synchronized Created create(String scope, String note, Duration life) throws IOException {
    if (!SCOPES.contains(scope)) {
      throw new IllegalArgumentException("no scope: " + scope);
    }
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String text = PREFIX + HexFormat.of().formatHex(secret);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Token token =
        new Token(
            HexFormat.of().formatHex(id),
            note,
            scope,
            Digests.ofText(text),
            now.toString(),
            now.plus(life).toString());
    List<Token> all = new ArrayList<>(list());
    all.add(token);
    write(all);
    return new Created(token, text);
  }

  /** All tokens, those that have expired included. */
  public synchronized List<Token> list() throws IOException {
    if (!Files.isRegularFile(file)) {
      tokens = List.of();
      readAt = null;
      return tokens;
    }
    FileTime time = Files.getLastModifiedTime(file);
    if (!time.equals(readAt) || Files.size(file) != readSize) {
      readSize = Files.size(file);
      try {
        tokens = List.of(JSON.readValue(Files.readAllBytes(file), Token[].class));
      } catch (JacksonException e) {
        throw new IOException(file + " is damaged: " + e.getOriginalMessage(), e);
      }
      readAt = time;
    }
    return tokens;
  }

  /** Ends a token; false if there is none with this id. */
  public synchronized boolean revoke(String id) throws IOException {
    List<Token> rest = list().stream().filter(token -> !token.id().equals(id)).toList();
    if (rest.size() == list().size()) {
      return false;
    }
    write(rest);
    return true;
  }

  public boolean isExpired(Token token) {
    return !clock.instant().isBefore(Instant.parse(token.expires()));
  }

  /** Whether any token would be let in. */
  public boolean hasValid() throws IOException {
    return list().stream().anyMatch(token -> !isExpired(token));
  }

  /** Every token is compared, in constant time, so that time tells nothing. */
  @Override
  public Optional<Identity> identify(String secret) {
    byte[] hash =
        Digests.ofText(secret.length() > LONGEST ? "" : secret).getBytes(StandardCharsets.US_ASCII);
    Token found = null;
    try {
      for (Token token : list()) {
        if (MessageDigest.isEqual(hash, token.sha256().getBytes(StandardCharsets.US_ASCII))) {
          found = token;
        }
      }
    } catch (IOException e) {
      System.getLogger(TokenStore.class.getName())
          .log(System.Logger.Level.ERROR, "tokens cannot be read; nobody is let in", e);
      return Optional.empty();
    }
    return found == null || isExpired(found)
        ? Optional.empty()
        : Optional.of(new Identity("token " + found.id(), Set.of(found.scope())));
  }

  private void write(List<Token> all) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      AtomicFiles.createFolders(folder);
      ownerOnly(folder, "rwx------");
    }
    AtomicFiles.write(file, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(all));
    ownerOnly(file, "rw-------");
    readAt = null;
  }

  private static void ownerOnly(Path path, String permissions) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
  }
}
