package dev.assay.dashboard.http;

import dev.assay.dashboard.problem.Problem;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lets requests pass, or says why not. Nothing passes that no rule allows. */
final class Guard {
  private static final String SCHEME = "Bearer ";

  private final Set<String> hosts;
  private final boolean openRead;
  private final TokenCheck tokens;

  /**
   * @param hosts names that this server goes by, without ports
   * @param openRead whether reading needs no token
   */
  Guard(Set<String> hosts, boolean openRead, TokenCheck tokens) {
    this.hosts =
        Stream.concat(Stream.of("localhost", "127.0.0.1", "[::1]"), hosts.stream())
            .map(host -> host.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.openRead = openRead;
    this.tokens = tokens;
  }

  /**
   * A page elsewhere whose name was bent to this address (DNS rebinding) would be of the same
   * origin; its requests name a host that this server does not go by.
   */
  Optional<Problem> host(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    String host = authority == null ? "" : authority.host().toLowerCase(Locale.ROOT);
    String plain = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    if (hosts.contains(plain)) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(
            403,
            "unknown-host",
            "Unknown host",
            "this server does not go by the name '"
                + shorten(host)
                + "'; allow it with --allow-host"));
  }

  /** Who asks, if it may. */
  Identity admit(HttpServerRequest request, Access access) {
    List<String> given = request.headers().getAll("Authorization");
    String address = request.remoteAddress().hostAddress();
    if (given.isEmpty()) {
      if (access == Access.PUBLIC || (access == Access.READ && openRead)) {
        return new Identity(String.valueOf(address), Set.of());
      }
      throw Problem.of(
              401,
              "token-missing",
              "Token missing",
              "this needs a token with scope "
                  + scope(access)
                  + ": Authorization: Bearer TOKEN, from assay token create --scope "
                  + scope(access))
          .refuse();
    }
    Optional<Identity> identity =
        given.size() == 1 && given.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
            ? tokens.identify(given.getFirst().substring(SCHEME.length()).strip())
            : Optional.empty();
    if (identity.isEmpty()) {
      throw Problem.of(
              401,
              "token-invalid",
              "Token invalid",
              "the token is not known, has expired or was revoked")
          .refuse();
    }
    boolean may =
        access == Access.PUBLIC
            || (access == Access.READ && openRead)
            || identity.get().scopes().contains(scope(access));
    if (!may) {
      throw Problem.of(
              403,
              "scope-missing",
              "Scope missing",
              "the token has scope "
                  + String.join(", ", identity.get().scopes())
                  + "; this needs "
                  + scope(access))
          .refuse();
    }
    return identity.get();
  }

  private static String scope(Access access) {
    return access.name().toLowerCase(Locale.ROOT);
  }

  private static String shorten(String text) {
    return text.length() <= 100 ? text : text.substring(0, 100) + "…";
  }
}
