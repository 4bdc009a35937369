package dev.assay.nn;

import dev.assay.tensor.Backend;
import dev.assay.tensor.DType;
import dev.assay.tensor.RandomStream;
import dev.assay.tensor.Shape;
import dev.assay.tensor.Variable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All persistent state of one model by name: trained parameters, and buffers (running statistics,
 * optimizer moments, averages). Names are joined by dots. The initial values of a parameter are
 * drawn from the stream's child of its full name, so that adding one changes no other.
 *
 * <p>A scope is a view on the same store under a prefix; {@link #parameters}, {@link #count} and
 * {@link #forEach} see what is under it.
 */
public final class ParameterStore {
  private final Backend backend;
  private final RandomStream random;
  private final String prefix;
  private final Map<String, Parameter> parameters;
  private final Map<String, Variable> variables;
  private final @Nullable LowRank lowRank;

  /** An empty store. */
  public ParameterStore(Backend backend, RandomStream random) {
    this(backend, random, "", new LinkedHashMap<>(), new LinkedHashMap<>(), null);
  }

  private ParameterStore(
      Backend backend,
      RandomStream random,
      String prefix,
      Map<String, Parameter> parameters,
      Map<String, Variable> variables,
      @Nullable LowRank lowRank) {
    this.backend = backend;
    this.random = random;
    this.prefix = prefix;
    this.parameters = parameters;
    this.variables = variables;
    this.lowRank = lowRank;
  }

  /**
   * The same store, for a network whose own numbers stay as they are: what is created through it is
   * a buffer, but each {@link #matrix} gets a product of two small matrices added, and these are
   * trained.
   */
  public ParameterStore frozen(LowRank adapters) {
    return new ParameterStore(backend, random, prefix, parameters, variables, adapters);
  }

  /** The part of this store whose names begin with {@code name.}. */
  public ParameterStore scope(String name) {
    return new ParameterStore(backend, random, prefix + name + ".", parameters, variables, lowRank);
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
    Parameter parameter = new Parameter(variable(name, shape));
    float[] values = new float[shape.size()];
    initializer.fill(values, fan, random.child(parameter.name()));
    parameter.variable().write(values);
    if (lowRank == null) {
      parameters.put(parameter.name(), parameter);
    }
    return parameter;
  }

  /**
   * A new parameter by which a layer multiplies, [in, out]: what {@link #frozen} adapts.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  Parameter matrix(String name, Shape shape, Initializer initializer, Initializer.Fan fan) {
    Parameter matrix = parameter(name, shape, initializer, fan);
    if (lowRank == null) {
      return matrix;
    }
    ParameterStore trained =
        new ParameterStore(backend, random, prefix + name + ".", parameters, variables, null);
    return new Parameter(matrix.variable(), lowRank.adapted(matrix, trained));
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
    Variable known = variables.get(prefix + name);
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
    if (variables.containsKey(full)) {
      throw new IllegalArgumentException("two variables are named '" + full + "'");
    }
    Variable variable = backend.variable(full, DType.F32, shape);
    variables.put(full, variable);
    return variable;
  }

  /** The trained parameters, in order of creation. */
  public List<Parameter> parameters() {
    return parameters.values().stream().filter(p -> p.name().startsWith(prefix)).toList();
  }

  /** Trained numbers. */
  public long count() {
    return parameters().stream().mapToLong(p -> p.shape().size()).sum();
  }

  /**
   * Sets the trained parameters, in their order, to those of a store of the same ones under other
   * names.
   *
   * @throws IllegalArgumentException if number or shapes differ
   */
  public void copyParameters(ParameterStore from) {
    List<Parameter> sources = from.parameters();
    List<Parameter> targets = parameters();
    if (!sources.stream()
        .map(Parameter::shape)
        .toList()
        .equals(targets.stream().map(Parameter::shape).toList())) {
      throw new IllegalArgumentException("the stores' parameters differ in number or shape");
    }
    for (int i = 0; i < sources.size(); i++) {
      float[] values = new float[sources.get(i).shape().size()];
      sources.get(i).variable().read(values);
      targets.get(i).variable().write(values);
    }
  }

  /** Visits parameters and buffers with their full names, in order of creation. */
  public void forEach(BiConsumer<String, Variable> visitor) {
    variables.forEach((name, variable) -> {
      if (name.startsWith(prefix)) {
        visitor.accept(name, variable);
      }
    });
  }
}
