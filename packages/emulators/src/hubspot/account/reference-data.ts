import type { ObjectType } from './object-types.ts'

export interface Owner {
  id: string
  email: string
  firstName: string
  lastName: string
  userId: number
  archived?: boolean
  teams?: { id: string; name: string; primary: boolean }[]
}

export interface Pipeline {
  id: string
  label: string
  stages: PipelineStage[]
}

export interface PipelineStage {
  id: string
  label: string
  metadata: Record<string, string>
}

/** Property that names the pipeline of a record, and the one that names its stage. */
export const pipelineProperties: Partial<Record<ObjectType, { pipeline: string; stage: string }>> = {
  deals: { pipeline: 'pipeline', stage: 'dealstage' },
  tickets: { pipeline: 'hs_pipeline', stage: 'hs_pipeline_stage' },
}

function dealStage(id: string, label: string, probability: string): PipelineStage {
  const isClosed = id.startsWith('closed') ? 'true' : 'false'
  return { id, label, metadata: { isClosed, probability } }
}

function ticketStage(id: string, label: string, ticketState: 'OPEN' | 'CLOSED'): PipelineStage {
  return { id, label, metadata: { isClosed: ticketState === 'CLOSED' ? 'true' : 'false', ticketState } }
}

/** The pipelines that a new account has. */
export const standardPipelines: Partial<Record<ObjectType, Pipeline[]>> = {
  deals: [
    {
      id: 'default',
      label: 'Sales Pipeline',
      stages: [
        dealStage('appointmentscheduled', 'Appointment Scheduled', '0.2'),
        dealStage('qualifiedtobuy', 'Qualified To Buy', '0.4'),
        dealStage('presentationscheduled', 'Presentation Scheduled', '0.6'),
        dealStage('decisionmakerboughtin', 'Decision Maker Bought-In', '0.8'),
        dealStage('contractsent', 'Contract Sent', '0.9'),
        dealStage('closedwon', 'Closed Won', '1.0'),
        dealStage('closedlost', 'Closed Lost', '0.0'),
      ],
    },
  ],
  tickets: [
    {
      id: '0',
      label: 'Support Pipeline',
      stages: [
        ticketStage('1', 'New', 'OPEN'),
        ticketStage('2', 'Waiting on contact', 'OPEN'),
        ticketStage('3', 'Waiting on us', 'OPEN'),
        ticketStage('4', 'Closed', 'CLOSED'),
      ],
    },
  ],
}
