import { objectTypeFacts, type ObjectType } from './object-types.ts'

type PropertyType = 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool'

export interface PropertyDefinition {
  name: string
  label: string
  type: PropertyType
  fieldType: string
  /** Values an enumeration takes; empty where they come from elsewhere, such as the owners. */
  options: string[]
  hasUniqueValue: boolean
  readOnlyValue: boolean
  hubspotDefined: boolean
}

type Traits = Partial<Pick<PropertyDefinition, 'fieldType' | 'options' | 'hasUniqueValue' | 'readOnlyValue'>>

const fieldTypes: Record<PropertyType, string> = {
  string: 'text',
  number: 'number',
  date: 'date',
  datetime: 'date',
  enumeration: 'select',
  bool: 'booleancheckbox',
}

function property(name: string, type: PropertyType = 'string', traits: Traits = {}): PropertyDefinition {
  return {
    name,
    label: labelOf(name),
    type,
    fieldType: fieldTypes[type],
    options: [],
    hasUniqueValue: false,
    readOnlyValue: false,
    hubspotDefined: true,
    ...traits,
  }
}

function labelOf(name: string): string {
  const words = name.replace(/^hs_/, '').replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const texts = (...names: string[]) => names.map((name) => property(name))
const numbers = (...names: string[]) => names.map((name) => property(name, 'number'))
const datetimes = (...names: string[]) => names.map((name) => property(name, 'datetime'))
const choice = (name: string, ...options: string[]) => property(name, 'enumeration', { options })
const longText = (name: string) => property(name, 'string', { fieldType: 'textarea' })

const addressProperties = texts('address', 'city', 'state', 'zip', 'country', 'phone', 'website')

const lifecycleStage = choice(
  'lifecyclestage',
  'subscriber',
  'lead',
  'marketingqualifiedlead',
  'salesqualifiedlead',
  'opportunity',
  'customer',
  'evangelist',
  'other',
)

const ownProperties: Record<ObjectType, PropertyDefinition[]> = {
  contacts: [
    property('email', 'string', { hasUniqueValue: true }),
    ...texts('firstname', 'lastname', 'mobilephone', 'fax', 'company', 'jobtitle', 'hs_timezone'),
    ...addressProperties,
    lifecycleStage,
    choice(
      'hs_lead_status',
      'NEW',
      'OPEN',
      'IN_PROGRESS',
      'OPEN_DEAL',
      'UNQUALIFIED',
      'ATTEMPTED_TO_CONTACT',
      'CONNECTED',
      'BAD_TIMING',
    ),
    property('associatedcompanyid', 'number'),
  ],
  companies: [
    ...texts('name', 'domain', 'hs_additional_domains'),
    ...addressProperties,
    longText('description'),
    choice(
      'industry',
      'COMPUTER_SOFTWARE',
      'FINANCIAL_SERVICES',
      'HOSPITAL_HEALTH_CARE',
      'LOGISTICS_AND_SUPPLY_CHAIN',
      'RETAIL',
      'TELECOMMUNICATIONS',
    ),
    choice('type', 'PROSPECT', 'PARTNER', 'RESELLER', 'VENDOR', 'OTHER'),
    ...numbers('numberofemployees', 'annualrevenue'),
    lifecycleStage,
  ],
  deals: [
    property('dealname'),
    property('amount', 'number'),
    choice('dealstage'),
    choice('pipeline'),
    property('closedate', 'datetime'),
    choice('dealtype', 'newbusiness', 'existingbusiness'),
    choice('deal_currency_code', 'USD', 'EUR', 'GBP'),
    longText('description'),
    choice('hs_priority', 'low', 'medium', 'high'),
    property('hs_is_closed', 'bool', { readOnlyValue: true }),
    property('hs_is_closed_won', 'bool', { readOnlyValue: true }),
  ],
  tickets: [
    property('subject'),
    longText('content'),
    choice('hs_pipeline'),
    choice('hs_pipeline_stage'),
    choice('hs_ticket_priority', 'LOW', 'MEDIUM', 'HIGH', 'URGENT'),
    choice('hs_ticket_category', 'PRODUCT_ISSUE', 'BILLING_ISSUE', 'FEATURE_REQUEST', 'GENERAL_INQUIRY'),
    choice('source_type', 'CHAT', 'EMAIL', 'FORM', 'PHONE'),
    choice('hs_resolution', 'ISSUE_FIXED', 'NOT_REPRODUCIBLE', 'WORKS_AS_DESIGNED'),
    property('closed_date', 'datetime'),
    property('hs_ticket_id', 'number', { readOnlyValue: true }),
  ],
  notes: [longText('hs_note_body'), property('hs_timestamp', 'datetime'), property('hs_attachment_ids')],
}

/** Properties that every account defines for the type. */
export function standardProperties(type: ObjectType): Map<string, PropertyDefinition> {
  const { createdProperty, modifiedProperty } = objectTypeFacts[type]
  const common = [
    property('hs_object_id', 'number', { readOnlyValue: true }),
    property(modifiedProperty, 'datetime', { readOnlyValue: true }),
    ...datetimes(createdProperty),
    property('hubspot_owner_id', 'enumeration'),
    property('hs_pinned_engagement_id', 'number'),
  ]
  return new Map([...ownProperties[type], ...common].map((definition) => [definition.name, definition]))
}

export interface CustomProperty {
  name: string
  type?: PropertyType
  options?: string[]
  hasUniqueValue?: boolean
}

export function customProperty({ name, type, ...traits }: CustomProperty): PropertyDefinition {
  return { ...property(name, type, traits), hubspotDefined: false }
}
