package dev.assay.dashboard.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.dashboard.http.Endpoint.Answer;
import dev.assay.dashboard.http.Endpoint.Computed;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class AnswersTest {
  private static final Query QUERY = new Query(Map.of(), new TreeMap<>());

  private final AtomicLong revision = new AtomicLong(1);
  private final AtomicLong version = new AtomicLong(7);
  private final AtomicInteger made = new AtomicInteger();
  private final Answers answers = new Answers(revision::get);

  @AfterEach
  void close() {
    answers.close();
  }

  private Reply ask(Function<Reply, Answer> valid) {
    Computed computed =
        new Computed(
            query -> version.get(),
            query -> valid.apply(Reply.text("text/plain", "" + made.incrementAndGet())));
    return answers.ready("key").orElseGet(() -> answers.compute("key", computed, QUERY).join());
  }

  @Test
  void anAnswerHoldsUntilWhatItWasMadeFromChanges() {
    Reply first = ask(Answer::lasting);
    assertThat(ask(Answer::lasting)).isSameAs(first);
    revision.incrementAndGet();
    assertThat(answers.ready("key")).isEmpty();
    assertThat(ask(Answer::lasting)).isSameAs(first);
    assertThat(answers.ready("key")).contains(first);
    revision.incrementAndGet();
    version.incrementAndGet();
    assertThat(ask(Answer::lasting)).isNotSameAs(first);
    assertThat(made).hasValue(2);
  }

  @Test
  void anAnswerOfUnknownVersionHoldsUntilAnythingChanges() {
    version.set(Computed.UNKNOWN);
    Reply first = ask(Answer::lasting);
    assertThat(ask(Answer::lasting)).isSameAs(first);
    revision.incrementAndGet();
    assertThat(ask(Answer::lasting)).isNotSameAs(first);
  }

  @Test
  void aRequestAfterAChangeDoesNotWaitForAnAnswerBegunBeforeIt() {
    CountDownLatch changed = new CountDownLatch(1);
    Computed slow =
        new Computed(
            query -> version.get(),
            query -> {
              await(changed);
              return Answer.lasting(Reply.text("text/plain", "old"));
            });
    CompletableFuture<Reply> old = answers.compute("key", slow, QUERY);
    revision.incrementAndGet();
    version.incrementAndGet();
    Reply fresh = ask(Answer::lasting);
    changed.countDown();
    assertThat(old.join()).isNotSameAs(fresh);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAnswerWhoseTimeIsOverIsMadeAgain() {
    Reply first = ask(reply -> new Answer(reply, Duration.ZERO));
    assertThat(ask(Answer::lasting)).isNotSameAs(first);
  }
}
