package dev.assay.nn;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.Graph;
import dev.assay.tensor.Program;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Tensor;
import dev.assay.tensor.Variable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * All persistent state of one model by name: trained parameters, and buffers (running statistics,
 * optimizer moments, averages). Names are joined by dots. The initial values of a parameter are
 * drawn from the stream's child of its full name, so that adding one changes no other.
 *
 * <p>A scope is a view on the same store under a prefix; {@link #parameters}, {@link #count} and
 * {@link #forEach} see what is under it.
 */
public final class ParameterStore {
  private final Shared shared;
  private final String prefix;
  private final View view;

  /**
   * What all views on a store have in common.
   *
   * @param parameters what is trained
   * @param weights what networks consist of
   * @param variables all that is kept
   */
  private record Shared(
      Backend backend,
      RandomStream random,
      Map<String, Parameter> parameters,
      Map<String, Weight> weights,
      Map<String, Variable> variables) {}

  /** What becomes of a parameter that is created. */
  private sealed interface View {
    /** It is trained. */
    record Trained() implements View {}

    /** It is trained, in addition to the weight of a network. */
    record Added() implements View {}

    /** It stays as it is; matrices are adapted. */
    record Frozen(LowRank adapters) implements View {}

    /** It is there already. */
    record Merged() implements View {}
  }

  /** An empty store. */
  public ParameterStore(Backend backend, RandomStream random) {
    this(
        new Shared(
            backend, random, new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>()),
        "",
        new View.Trained());
  }

  private ParameterStore(Shared shared, String prefix, View view) {
    this.shared = shared;
    this.prefix = prefix;
    this.view = view;
  }

  /**
   * The same store, for a network whose own numbers stay as they are: what is created through it is
   * a buffer, but each {@link #matrix} gets a product of two small matrices added, and these are
   * trained.
   */
  public ParameterStore frozen(LowRank adapters) {
    return new ParameterStore(shared, prefix, new View.Frozen(adapters));
  }

  /**
   * The same store, for a second network of the weights that are there: what is created through it
   * is looked up by its name. Matrices that {@link #frozen} adapts are read with what is added to
   * them, as {@link #merging} left them, at the cost of plain ones.
   */
  public ParameterStore merged() {
    return new ParameterStore(shared, prefix, new View.Merged());
  }

  /**
   * Sets what {@link #merged} networks read to W + (α / r) A B; to be run once these have changed.
   * Empty if no matrix is adapted.
   */
  public Optional<Program> merging() {
    Map<Variable, Tensor> sums = new LinkedHashMap<>();
    weights()
        .filter(Weight::adapted)
        .forEach(weight -> sums.put(weight.merged().variable(), weight.training().value()));
    return sums.isEmpty()
        ? Optional.empty()
        : Optional.of(shared.backend().compile(Graph.builder().assign(sums).build()));
  }

  /** The part of this store whose names begin with {@code name.}. */
  public ParameterStore scope(String name) {
    return new ParameterStore(shared, prefix + name + ".", view);
  }

  /** The numbered part: {@code scope("3")}. */
  public ParameterStore scope(int index) {
    return scope(Integer.toString(index));
  }

  /**
   * A new trained parameter; its fans are those of a matrix [in, out] or a filter [.., in, out].
   *
   * @throws IllegalArgumentException if the name is taken
   */
  public Parameter parameter(String name, Shape shape, Initializer initializer) {
    return parameter(name, shape, initializer, Initializer.Fan.of(shape));
  }

  /**
   * A new trained parameter with its fans given.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  public Parameter parameter(
      String name, Shape shape, Initializer initializer, Initializer.Fan fan) {
    return weight(name, shape, initializer, fan, false);
  }

  /**
   * A new parameter by which a layer multiplies, [in, out]: what {@link #frozen} adapts.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  Parameter matrix(String name, Shape shape, Initializer initializer, Initializer.Fan fan) {
    return weight(name, shape, initializer, fan, true);
  }

  private Parameter weight(
      String name, Shape shape, Initializer initializer, Initializer.Fan fan, boolean matrix) {
    if (view instanceof View.Merged) {
      return known(name, shape);
    }
    Parameter parameter = new Parameter(variable(name, shape));
    float[] values = new float[shape.size()];
    initializer.fill(values, fan, shared.random().child(parameter.name()));
    parameter.variable().write(values);
    if (!(view instanceof View.Frozen(LowRank adapters))) {
      shared.parameters().put(parameter.name(), parameter);
    } else if (matrix && adapters.rank() > 0) {
      return adapted(parameter, adapters);
    }
    if (!(view instanceof View.Added)) {
      shared.weights().put(parameter.name(), new Weight(parameter, parameter, matrix));
    }
    return parameter;
  }

  private Parameter adapted(Parameter matrix, LowRank adapters) {
    ParameterStore added = new ParameterStore(shared, matrix.name() + ".", new View.Added());
    Parameter training = new Parameter(matrix.variable(), adapters.adapted(matrix, added));
    Variable merged =
        shared.backend().variable(matrix.name() + ".merged", DType.F32, matrix.shape());
    shared.weights().put(matrix.name(), new Weight(training, new Parameter(merged), true));
    return training;
  }

  private Parameter known(String name, Shape shape) {
    Weight weight = shared.weights().get(prefix + name);
    if (weight == null || !weight.merged().shape().equals(shape)) {
      throw new IllegalArgumentException("no weight is named '" + prefix + name + "' " + shape);
    }
    return weight.merged();
  }

  /**
   * A new variable that no gradient reaches, F32, every element at {@code value}.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  public Variable buffer(String name, Shape shape, float value) {
    Variable variable = variable(name, shape);
    if (value != 0) {
      float[] values = new float[shape.size()];
      Arrays.fill(values, value);
      variable.write(values);
    }
    return variable;
  }

  /**
   * A buffer that begins at zero, or the one of this name and shape that is there already: for what
   * several programs share.
   *
   * @throws IllegalArgumentException if the name is taken by another shape
   */
  public Variable shared(String name, Shape shape) {
    Variable known = shared.variables().get(prefix + name);
    if (known == null) {
      return buffer(name, shape, 0);
    }
    if (!known.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "'" + prefix + name + "' has shape " + known.shape() + ", not " + shape);
    }
    return known;
  }

  private Variable variable(String name, Shape shape) {
    String full = prefix + name;
    if (shared.variables().containsKey(full)) {
      throw new IllegalArgumentException("two variables are named '" + full + "'");
    }
    Variable variable = shared.backend().variable(full, DType.F32, shape);
    shared.variables().put(full, variable);
    return variable;
  }

  /** The trained parameters, in order of creation. */
  public List<Parameter> parameters() {
    return shared.parameters().values().stream().filter(p -> p.name().startsWith(prefix)).toList();
  }

  private Stream<Weight> weights() {
    return shared.weights().values().stream()
        .filter(weight -> weight.training().name().startsWith(prefix));
  }

  /** Numbers of networks, whether they are trained or stay as they are, and of what is added. */
  public long count() {
    Stream<Parameter> added =
        parameters().stream().filter(p -> !shared.weights().containsKey(p.name()));
    return size(Stream.concat(weights().map(Weight::training), added));
  }

  /** Trained numbers. */
  public long trained() {
    return size(parameters().stream());
  }

  private static long size(Stream<Parameter> parameters) {
    return parameters.mapToLong(p -> p.shape().size()).sum();
  }

  /**
   * Sets the weights of a network, which are what was created as parameters or is frozen, to those
   * of another one by the same names, with what was added to them as {@link #merging} left it.
   *
   * @param bits that each number of a matrix or a table is rounded to, as {@link Rounding} does; 0
   *     for none
   * @throws IllegalArgumentException if a weight is missing here, or has another shape
   */
  public void copyWeights(ParameterStore from, int bits) {
    from.weights()
        .forEach(source -> {
          String name = source.training().name().substring(from.prefix.length());
          Shape shape = source.training().shape();
          Weight target = shared.weights().get(prefix + name);
          if (target == null || !target.training().shape().equals(shape)) {
            throw new IllegalArgumentException(
                "the weights '"
                    + name
                    + "' are "
                    + shape
                    + " in the parent, but "
                    + (target == null ? "missing" : target.training().shape())
                    + " here");
          }
          float[] values = new float[shape.size()];
          source.merged().variable().read(values);
          if (bits > 0 && shape.rank() == 2) {
            Rounding.apply(values, shape.dim(1), !source.matrix(), bits);
          }
          target.training().variable().write(values);
        });
  }

  /** Visits parameters and buffers with their full names, in order of creation. */
  public void forEach(BiConsumer<String, Variable> visitor) {
    shared
        .variables()
        .forEach((name, variable) -> {
          if (name.startsWith(prefix)) {
            visitor.accept(name, variable);
          }
        });
  }
}
