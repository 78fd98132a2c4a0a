// My data: what the agreement asks for (clause 1). All errors are shown at once; what a resident ID says already is filled in.
import { leaveIfSignedOut, put } from "../api.js";
import { $ } from "../dom.js";
import { busy, clearErrors, showErrors, showFault } from "../form.js";
import { t } from "../words.js";

const form = $("#me");
const person = form.dataset.kind === "person";
const value = (name) => String(new FormData(form).get(name) ?? "").trim();
const adultAge = 18;
const childAge = 14;

/** Whether somebody born that day has not reached an age on the service's own day. */
function isYounger(birthDate, age) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) return false;
  const [year, month, day] = form.dataset.today.split("-").map(Number);
  const [birthYear, birthMonth, birthDay] = birthDate.split("-").map(Number);
  const before = month < birthMonth || (month === birthMonth && day < birthDay);
  return year - birthYear - (before ? 1 : 0) < age;
}

function askGuardian() {
  const needed = isYounger(value("birthDate"), adultAge);
  $("#guardian").hidden = !needed;
  $("#guardian").disabled = !needed;
  $("#child-data").hidden = !isYounger(value("birthDate"), childAge);
}

/** A resident ID carries the birth date in its digits 7 to 14. */
function fillBirthDate() {
  const digits = value("idNumber").replace(/\s/g, "");
  const found = value("idKind") === "resident-id" ? /^\d{6}(\d{4})(\d{2})(\d{2})\d{3}[\dXx]$/.exec(digits) : null;
  if (found && !value("birthDate")) $("#birthDate").value = `${found[1]}-${found[2]}-${found[3]}`;
  askGuardian();
}

function personForm() {
  const guardian = $("#guardian").hidden ? undefined : {
    legalName: value("guardianName"), idKind: value("guardianIDKind"), idNumber: value("guardianIDNumber"), phone: value("guardianPhone"),
    agrees: $("#guardianAgrees").checked, agreesToChildData: $("#child-data").hidden ? undefined : $("#guardianChildData").checked,
  };
  return {
    legalName: value("legalName"), idKind: value("idKind"), idNumber: value("idNumber"), birthDate: value("birthDate"),
    address: value("address"), postcode: value("postcode"), phone: value("phone"), employer: value("employer") || undefined, guardian, consent: $("#consent").checked,
  };
}

const organisationForm = () => ({
  ...Object.fromEntries(["fullName", "uscc", "legalRepresentative", "address", "postcode", "contactName", "phone"].map((name) => [name, value(name)])),
  consent: $("#consent").checked,
});

/** What is missing is said here; what is wrong is the server's to say, all of it at once. */
function missing(values, prefix = "") {
  const errors = {};
  for (const [name, given] of Object.entries(values)) {
    if (given !== null && typeof given === "object") Object.assign(errors, missing(given, `${name}.`));
    else if (given === "") errors[prefix + name] = t("join.errorMissing");
    else if (given === false) errors[prefix + name] = t("join.errorConsent");
  }
  return errors;
}

async function submit() {
  clearErrors(form);
  const values = person ? personForm() : organisationForm();
  if (showErrors(form, missing(values))) return;
  try {
    await put("/me/identity", values);
    location.assign("/join");
  } catch (fault) {
    if (!leaveIfSignedOut(fault)) showFault(form, fault);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  busy($("[type=submit]", form), submit);
});
if (person) {
  $("#idNumber").addEventListener("change", fillBirthDate);
  $("#idKind").addEventListener("change", fillBirthDate);
  $("#birthDate").addEventListener("input", askGuardian);
  askGuardian();
}
