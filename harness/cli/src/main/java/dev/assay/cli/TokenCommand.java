package dev.assay.cli;

import dev.assay.dashboard.DashboardOptions;
import dev.assay.dashboard.token.Token;
import dev.assay.dashboard.token.TokenStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code assay token}: who may read a dashboard that others reach, and who may send runs to it. */
@Command(
    name = "token",
    description = "Make, list and revoke the tokens that let others read or send runs.")
final class TokenCommand implements Runnable {
  private static final int LONGEST_LIFE = 3_660;

  private final PrintStream out;

  @Spec private CommandSpec spec;

  TokenCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "say what to do; choices: create, list, revoke");
  }

  /** Where the tokens are. */
  static final class Where {
    @Option(
        names = "--results",
        paramLabel = "DIR",
        defaultValue = "results",
        description = "The folder that is served (default: ${DEFAULT-VALUE}).")
    private Path results;

    TokenStore store() {
      ShownFolder.check(results);
      return new TokenStore(DashboardOptions.state(results), Clock.systemUTC());
    }
  }

  @Command(name = "create", description = "Make a token and print it; it cannot be shown again.")
  int create(
      @Mixin Where where,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              required = true,
              description = "read or upload.")
          String scope,
      @Option(
              names = "--days",
              paramLabel = "N",
              defaultValue = "90",
              description = "How long it lasts (default: ${DEFAULT-VALUE}).")
          int days,
      @Option(
              names = "--note",
              paramLabel = "TEXT",
              defaultValue = "",
              description = "What it is for.")
          String note)
      throws IOException {
    if (!TokenStore.SCOPES.contains(scope)) {
      throw new UsageException(
          "--scope is '" + scope + "'; choices: " + String.join(", ", TokenStore.SCOPES),
          List.of());
    }
    if (days < 1 || days > LONGEST_LIFE) {
      throw new UsageException(
          "--days is " + days + ", but must be from 1 to " + LONGEST_LIFE, List.of());
    }
    TokenStore.Created made = where.store().create(scope, note, Duration.ofDays(days));
    out.println(made.secret());
    out.println(
        "token "
            + made.token().id()
            + ", scope "
            + scope
            + ", until "
            + made.token().expires()
            + "; keep it: only its hash is stored");
    return Exit.GOOD;
  }

  @Command(name = "list", description = "List the tokens there are, without their secrets.")
  int list(@Mixin Where where) throws IOException {
    TokenStore store = where.store();
    TextTable table = new TextTable(5, List.of("id", "scope", "created", "expires", "note"));
    for (Token token : store.list()) {
      table.add(
          List.of(
              token.id(),
              token.scope(),
              token.created(),
              token.expires() + (store.isExpired(token) ? " (over)" : ""),
              token.note()));
    }
    table.lines().forEach(out::println);
    return Exit.GOOD;
  }

  @Command(name = "revoke", description = "End a token at once, for servers that run as well.")
  int revoke(
      @Mixin Where where,
      @Parameters(paramLabel = "ID", description = "As assay token list shows it.") String id)
      throws IOException {
    TokenStore store = where.store();
    if (!store.revoke(id)) {
      throw new UsageException(
          "there is no token '"
              + id
              + "'; there are "
              + String.join(", ", store.list().stream().map(Token::id).toList()),
          List.of());
    }
    out.println("token " + id + " is revoked");
    return Exit.GOOD;
  }
}
