import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useEffect, useRef } from 'react';

export interface FilterProps extends Omit<PropertyFilterProps, 'i18nStrings'> {
  /** Takes the focus as it appears. */
  readonly focused: boolean;
}

/** The filter of a list by its properties. */
export default function Filter({ focused, ...props }: FilterProps) {
  const field = useRef<PropertyFilterProps.Ref>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  return (
    <PropertyFilter
      {...props}
      ref={field}
      filteringEmpty="No such value"
      tokenLimit={4}
      expandToViewport
      tokenLimitShowFewerAriaLabel="Show fewer filters"
      tokenLimitShowMoreAriaLabel="Show all filters"
      i18nStrings={TEXTS}
    />
  );
}

const TEXTS: PropertyFilterProps.I18nStrings = {
  dismissAriaLabel: 'Close',
  groupValuesText: 'Values',
  groupPropertiesText: 'Properties',
  operatorsText: 'Operators',
  operationAndText: 'and',
  operationOrText: 'or',
  operatorLessText: 'Before',
  operatorLessOrEqualText: 'By',
  operatorGreaterText: 'After',
  operatorGreaterOrEqualText: 'From',
  operatorContainsText: 'Contains',
  operatorDoesNotContainText: 'Does not contain',
  operatorEqualsText: 'Is',
  operatorDoesNotEqualText: 'Is not',
  editTokenHeader: 'Edit filter',
  propertyText: 'Property',
  operatorText: 'Operator',
  valueText: 'Value',
  cancelActionText: 'Cancel',
  applyActionText: 'Apply',
  allPropertiesLabel: 'Anything',
  tokenLimitShowMore: 'Show more',
  tokenLimitShowFewer: 'Show fewer',
  clearFiltersText: 'Clear filters',
  enteredTextLabel: (text) => `Contains “${text}”`,
  clearAriaLabel: 'Clear',
  formatToken: ({ propertyLabel, operator, value }) => `${propertyLabel} ${operator} ${value}`,
  removeTokenButtonAriaLabel: ({ propertyLabel, value }) => `Remove the filter ${propertyLabel} ${value}`,
  tokenEditorTokenActionsAriaLabel: () => 'Filter actions',
};
