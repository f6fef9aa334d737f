import type { MappingFiles } from '../../mapping/read-mapping.ts';
import allergyIntolerance from './AllergyIntolerance.json' with { type: 'json' };
import appointment from './Appointment.json' with { type: 'json' };
import binary from './Binary.json' with { type: 'json' };
import condition from './Condition.json' with { type: 'json' };
import codes from './codes.json' with { type: 'json' };
import documentReference from './DocumentReference.json' with { type: 'json' };
import encounter from './Encounter.json' with { type: 'json' };
import healthcareService from './HealthcareService.json' with { type: 'json' };
import immunization from './Immunization.json' with { type: 'json' };
import location from './Location.json' with { type: 'json' };
import medication from './Medication.json' with { type: 'json' };
import medicationRequest from './MedicationRequest.json' with { type: 'json' };
import medicationStatement from './MedicationStatement.json' with { type: 'json' };
import observation from './Observation.json' with { type: 'json' };
import organization from './Organization.json' with { type: 'json' };
import patient from './Patient.json' with { type: 'json' };
import practitioner from './Practitioner.json' with { type: 'json' };
import practitionerRole from './PractitionerRole.json' with { type: 'json' };
import procedure from './Procedure.json' with { type: 'json' };
import relatedPerson from './RelatedPerson.json' with { type: 'json' };
import schedule from './Schedule.json' with { type: 'json' };
import slot from './Slot.json' with { type: 'json' };
import system from './system.json' with { type: 'json' };
import tables from './tables.json' with { type: 'json' };

/** The mapping of the demo practice, as its files. */
export const demoPractice: MappingFiles = {
  'AllergyIntolerance.json': allergyIntolerance,
  'Appointment.json': appointment,
  'Binary.json': binary,
  'Condition.json': condition,
  'DocumentReference.json': documentReference,
  'Encounter.json': encounter,
  'HealthcareService.json': healthcareService,
  'Immunization.json': immunization,
  'Location.json': location,
  'Medication.json': medication,
  'MedicationRequest.json': medicationRequest,
  'MedicationStatement.json': medicationStatement,
  'Observation.json': observation,
  'Organization.json': organization,
  'Patient.json': patient,
  'Practitioner.json': practitioner,
  'PractitionerRole.json': practitionerRole,
  'Procedure.json': procedure,
  'RelatedPerson.json': relatedPerson,
  'Schedule.json': schedule,
  'Slot.json': slot,
  'codes.json': codes,
  'system.json': system,
  'tables.json': tables,
};
