// An amount that somebody types, in yuan with at most two decimals; full-width digits count too.

/** Micro-yuan, or NaN when it is no amount of whole fen above zero. */
export function typedAmount(text) {
  const plain = text.normalize("NFKC").trim().replace(/^[¥￥]/, "").replace(/,(?=\d{3})/g, "");
  if (!/^\d{1,9}(\.\d{1,2})?$/.test(plain)) return Number.NaN;
  const micros = Math.round(Number(plain) * 100) * 10_000;
  return micros > 0 ? micros : Number.NaN;
}
