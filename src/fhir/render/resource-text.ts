import { parse } from 'lossless-json';
import { jsonNumber } from '../values/decimal-text.ts';

/** A resource as an object. Numbers that JavaScript would change are `LosslessNumber`s. */
export interface FhirResource extends Readonly<Record<string, unknown>> {
  readonly resourceType: string;
}

/** A number that might be more than JavaScript keeps; within a text nothing comes of it. */
const LONG_NUMBER = /[:[,]-?(?:[\d.]{16,}|0\.0{5})/;

/** A resource as JSON text: it goes out as it was written, and only who looks into it makes an object of it. */
export class ResourceText {
  readonly resourceType: string;
  readonly text: string;

  constructor(resourceType: string, text: string) {
    this.resourceType = resourceType;
    this.text = text;
  }

  /** The resource as an object. */
  parsed(): FhirResource {
    const { text } = this;
    const json = LONG_NUMBER.test(text) ? parse(text, undefined, jsonNumber) : JSON.parse(text);
    return json as FhirResource;
  }
}
