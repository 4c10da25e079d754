// What QuickJS interprets: calls, objects, arrays, strings, closures, floating point. The value of the last expression is the result.
(function () {
  class Point { constructor(x, y) { this.x = x; this.y = y; } add(other) { return new Point(this.x + other.x, this.y + other.y); } }
  const fib = n => n < 2 ? n : fib(n - 1) + fib(n - 2);
  let sum = fib(22), text = '', point = new Point(0, 0.5);
  const primes = [], composite = new Array(20000).fill(false);
  for (let i = 2; i < composite.length; i++) {
    if (composite[i]) continue;
    primes.push(i);
    for (let j = i * i; j < composite.length; j += i) composite[j] = true;
  }
  for (let i = 0; i < 40000; i++) {
    point = point.add(new Point(i & 7, 0.25));
    switch (i % 5) {
      case 0: sum += primes[i % primes.length]; break;
      case 1: sum ^= i; break;
      case 2: text += String.fromCharCode(97 + i % 26); break;
      case 3: sum += text.charCodeAt(i % text.length); break;
      default: sum = (sum * 31 + point.x) | 0;
    }
  }
  const words = {};
  for (let i = 0; i + 3 <= text.length; i++) { const word = text.slice(i, i + 3); words[word] = (words[word] ?? 0) + 1; }
  for (const word in words) sum += words[word] * word.charCodeAt(1);
  return (sum + Math.floor(point.y)) | 0;
})()
