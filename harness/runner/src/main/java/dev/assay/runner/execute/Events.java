package dev.assay.runner.execute;

import dev.assay.store.LineLog;
import dev.assay.store.RunFolder;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code events.jsonl}: what happened to a run, with the time of day, for people and live views.
 */
final class Events implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final LineLog log;

  private Events(LineLog log) {
    this.log = log;
  }

  static Events open(RunFolder folder) throws IOException {
    return new Events(LineLog.open(folder.events(), line -> true));
  }

  /**
   * @param facts names and values in turn; values are text, numbers or booleans
   */
  void add(String event, Object... facts) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    node.put("event", event);
    for (int i = 0; i < facts.length; i += 2) {
      node.set((String) facts[i], JSON.valueToTree(facts[i + 1]));
    }
    log.append(JSON.writeValueAsString(node));
  }

  @Override
  public void close() throws IOException {
    log.close();
  }
}
