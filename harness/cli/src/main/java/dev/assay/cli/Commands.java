package dev.assay.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** The commands there are. */
final class Commands {
  private static final Map<String, Function<PrintStream, Object>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("run", RunCommand::new);
    ALL.put("plan", PlanCommand::new);
    ALL.put("list", ListCommand::new);
    ALL.put("show", ShowCommand::new);
    ALL.put("compare", CompareCommand::new);
    ALL.put("gate", GateCommand::new);
    ALL.put("history", HistoryCommand::new);
    ALL.put("sample", SampleCommand::new);
    ALL.put("reproduce", ReproduceCommand::new);
    ALL.put("data", DataCommand::new);
    ALL.put("schema", SchemaCommand::new);
    ALL.put("serve", ServeCommand::new);
    ALL.put("publish", PublishCommand::new);
    ALL.put("token", TokenCommand::new);
    ALL.put("doctor", DoctorCommand::new);
    ALL.put("bench", BenchCommand::new);
    ALL.put("selftest", SelftestCommand::new);
  }

  private Commands() {}

  /** Adds the command that is asked for, or all where none is; loading them all takes a while. */
  static void addTo(CommandLine line, String[] arguments, PrintStream out) {
    if (arguments.length > 0 && arguments[0].equals(CellCommand.NAME)) {
      line.addSubcommand(new CellCommand(out));
      return;
    }
    for (String argument : arguments) {
      if (ALL.containsKey(argument)) {
        line.addSubcommand(argument, ALL.get(argument).apply(out));
        return;
      }
      if (!argument.equals("--debug")) {
        break;
      }
    }
    ALL.forEach((name, make) -> line.addSubcommand(name, make.apply(out)));
  }
}
