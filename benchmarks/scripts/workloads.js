// The benchmark's workloads in JavaScript: global functions that the host calls by name.

function add(a, b) {
  return (a + b) % 4294967296;
}

// The binding takes no bytes, so they come as a string with one character for each byte, here and in `sum`.
function receive(data) {
  const { length } = data;
  return length === 0 ? 0 : (length + data.charCodeAt(0) + data.charCodeAt(length - 1)) % 4294967296;
}

function sum(data) {
  let total = 0;
  for (let i = 0; i < data.length; i++) {
    total += data.charCodeAt(i);
  }
  return total;
}

function echo(text) {
  return text;
}

const MESSAGES = ["connected", "request served", "page not found", "closed by peer"];

function rows(count) {
  return Array.from({ length: count }, (_, id) => ({ id, message: MESSAGES[id % MESSAGES.length] }));
}

function evaluate(expression) {
  const reader = new Reader(expression);
  try {
    const value = reader.sum();
    return reader.peek() === "" ? value : NaN;
  } catch (error) {
    if (error instanceof SyntaxError) {
      return NaN;
    }
    throw error;
  }
}

// A recursive descent evaluator, one method for each level of precedence.
class Reader {
  constructor(text) {
    this.text = text;
    this.position = 0;
  }

  peek() {
    while (this.text[this.position] === " ") {
      this.position++;
    }
    return this.text[this.position] ?? "";
  }

  accept(symbol) {
    const follows = this.peek() === symbol;
    if (follows) {
      this.position++;
    }
    return follows;
  }

  sum() {
    let value = this.product();
    for (;;) {
      if (this.accept("+")) {
        value += this.product();
      } else if (this.accept("-")) {
        value -= this.product();
      } else {
        return value;
      }
    }
  }

  product() {
    let value = this.unary();
    for (;;) {
      if (this.accept("*")) {
        value *= this.unary();
      } else if (this.accept("/")) {
        value /= this.unary();
      } else {
        return value;
      }
    }
  }

  unary() {
    return this.accept("-") ? -this.unary() : this.power();
  }

  power() {
    const base = this.atom();
    return this.accept("^") ? base ** this.unary() : base;
  }

  atom() {
    if (this.accept("(")) {
      const value = this.sum();
      if (!this.accept(")")) {
        throw new SyntaxError("expected ')'");
      }
      return value;
    }
    return this.number();
  }

  number() {
    const pattern = /\d+\.?\d*/y;
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text);
    if (match === null) {
      throw new SyntaxError("expected a number");
    }
    this.position = pattern.lastIndex;
    return Number(match[0]);
  }
}
