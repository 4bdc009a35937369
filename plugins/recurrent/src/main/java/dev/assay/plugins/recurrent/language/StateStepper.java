package dev.assay.plugins.recurrent.language;

import dev.assay.nn.Dropout;
import dev.assay.nn.decoding.ProgramStepper;
import dev.assay.nn.decoding.SteppedNetwork;
import dev.assay.plugins.recurrent.cell.Stack;
import dev.assay.spi.text.TextSampler;
import dev.assay.tensor.Backend;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Map;

/** The network one token at a time; the states stand for all tokens before. */
final class StateStepper extends ProgramStepper {
  private static final int ROWS = TextSampler.ROWS;

  StateStepper(Backend backend, LanguageNetwork network) {
    super(
        backend,
        new States(network, network.stack().scratch(backend, "stepper", ROWS)),
        ROWS,
        Integer.MAX_VALUE,
        network.choices());
  }

  /**
   * @param kept states of each row
   */
  private record States(LanguageNetwork network, Stack.Kept kept) implements SteppedNetwork {
    @Override
    public Step step(Tensor tokens, Tensor positions) {
      Tensor places = positions.toFloat().reshape(ROWS, 1);
      Tensor begun = Tensor.fill(0, places.shape()).less(places);
      LanguageNetwork.Predicted next =
          network.predict(tokens.reshape(1, ROWS), kept.read().times(begun), Dropout.none());
      return new Step(next.logits(), kept.assign(next.states()));
    }

    @Override
    public Map<Variable, Tensor> copy(Tensor sources) {
      return kept.rows(sources);
    }
  }
}
