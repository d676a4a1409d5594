import { incident } from '../schema/incident.ts';

/** The fields of an incident record that can be lost, in their order. */
export const INCIDENT_FIELDS: readonly string[] = Object.keys(incident.shape).filter((field) => field !== 'schema');
