package dev.assay.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code assay}: what all commands share. */
@Command(
    name = "assay",
    versionProvider = AssayCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Compare generative models: one YAML file names data, models and a budget; Assay trains,"
          + " samples, scores, and puts quality and throughput side by side."
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nStart here:%n",
    footer = {
      "  assay run experiments/quickstart.yaml   trains six kinds of models in two minutes",
      "  assay list models                       what can be compared",
      "  assay plan FILE                         what a file would run",
      "",
      "Exit codes: 0 all good, 1 a run failed or was stopped, or a check found damage,",
      "2 bad usage or bad file, 3 a gate is inconclusive."
    })
final class AssayCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error comes from.")
  private boolean debug;

  /** A command line with the options that every command has. */
  static CommandLine line(AssayCommand root) {
    CommandLine line = new CommandLine(root);
    line.getCommandSpec()
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .scopeType(ScopeType.INHERIT)
                .description("Show this help.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version of this program and of Java.")
                .build());
    return line;
  }

  boolean isDebug() {
    return debug;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing; commands: " + String.join(", ", spec.subcommands().keySet()));
  }

  /** Program and Java. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {
        "assay " + number(), "java " + Runtime.version() + ", " + System.getProperty("java.vm.name")
      };
    }

    static String number() {
      Properties properties = new Properties();
      try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
        if (in != null) {
          properties.load(in);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return properties.getProperty("version", "unknown");
    }
  }
}
